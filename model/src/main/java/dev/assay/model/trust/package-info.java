/** Whose signature counts: the Trust document, quorums, and the statements that change them. */
@NullMarked
package dev.assay.model.trust;

import org.jspecify.annotations.NullMarked;
