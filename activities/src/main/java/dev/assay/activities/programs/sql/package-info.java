/** SQL that users write, run by DuckDB as a program of its own. */
@NullMarked
package dev.assay.activities.programs.sql;

import org.jspecify.annotations.NullMarked;
