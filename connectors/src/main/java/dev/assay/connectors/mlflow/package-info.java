/** MLflow's file store and its SQLite database. */
@NullMarked
package dev.assay.connectors.mlflow;

import org.jspecify.annotations.NullMarked;
