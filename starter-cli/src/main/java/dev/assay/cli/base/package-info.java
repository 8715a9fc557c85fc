/**
 * What every command stands on: its session, what it shows, how far it is, and how it ends. Knows
 * no command.
 */
@NullMarked
package dev.assay.cli.base;

import org.jspecify.annotations.NullMarked;
