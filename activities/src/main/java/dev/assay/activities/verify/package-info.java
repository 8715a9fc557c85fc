/** What cases and decisions on record rest on, checked again by somebody who trusts neither. */
@NullMarked
package dev.assay.activities.verify;

import org.jspecify.annotations.NullMarked;
