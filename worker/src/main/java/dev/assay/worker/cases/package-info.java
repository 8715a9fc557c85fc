/** Cases on an engine: their workflows, and the validations that they ask for. */
@NullMarked
package dev.assay.worker.cases;

import org.jspecify.annotations.NullMarked;
