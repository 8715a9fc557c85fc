/** What activities have in common; the use cases are in packages below. */
@NullMarked
package dev.assay.activities;

import org.jspecify.annotations.NullMarked;
