/** Words for people. */
@NullMarked
package dev.assay.model.text;

import org.jspecify.annotations.NullMarked;
