/** The home folder: who uses it, what lies where, and the log of it. */
@NullMarked
package dev.assay.worker.home;

import org.jspecify.annotations.NullMarked;
