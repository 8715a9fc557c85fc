/** What a metric's points come to: aggregates that are equal, bit for bit, on every machine. */
@NullMarked
package dev.assay.model.series;

import org.jspecify.annotations.NullMarked;
