/** Regular expressions that neither who writes them nor who writes the text can make hang. */
@NullMarked
package dev.assay.model.pattern;

import org.jspecify.annotations.NullMarked;
