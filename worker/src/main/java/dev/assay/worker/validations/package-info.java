/**
 * Starts validations and waits for them: what a command, or later a service, does with the stack.
 */
@NullMarked
package dev.assay.worker.validations;

import org.jspecify.annotations.NullMarked;
