/**
 * Validation: plan first, judge shards in parallel, record them in plan order, seal. The interface
 * of the workflow, its activities and their messages.
 */
@NullMarked
package dev.assay.workflows.validation;

import org.jspecify.annotations.NullMarked;
