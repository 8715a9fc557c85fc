/** The private keys of a home: those that users make, and a list of all. */
@NullMarked
package dev.assay.worker.keys;

import org.jspecify.annotations.NullMarked;
