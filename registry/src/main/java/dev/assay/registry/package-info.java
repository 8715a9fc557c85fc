/**
 * PostgreSQL tables for all that can be queried. {@link dev.assay.registry.Registry} is the way in;
 * {@link dev.assay.registry.RegistrySchema} makes the tables.
 */
@NullMarked
package dev.assay.registry;

import org.jspecify.annotations.NullMarked;
