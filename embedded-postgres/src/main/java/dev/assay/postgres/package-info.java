/** A PostgreSQL server of our own for one data folder: started, attached, recovered, stopped. */
@NullMarked
package dev.assay.postgres;

import org.jspecify.annotations.NullMarked;
