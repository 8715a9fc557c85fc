/** JSON Schemas that policies hold runs against: read with bounds, evaluated purely. */
@NullMarked
package dev.assay.model.schema;

import org.jspecify.annotations.NullMarked;
