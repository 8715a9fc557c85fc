/** MLflow's tracking server, read and tagged over its REST API. */
@NullMarked
package dev.assay.connectors.mlflow.rest;

import org.jspecify.annotations.NullMarked;
