/** The database of a home: its roles, schemas and pool, and the stores in it. */
@NullMarked
package dev.assay.worker.storage;

import org.jspecify.annotations.NullMarked;
