/** Durable workflows, a package a use case, and the task queues that their work is spread over. */
@NullMarked
package dev.assay.workflows;

import org.jspecify.annotations.NullMarked;
