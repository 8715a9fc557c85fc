/** {@code assay workflow}: what the registry and the engine know of durable workflows. */
@NullMarked
package dev.assay.cli.workflow;

import org.jspecify.annotations.NullMarked;
