/** What all readers share: bounded files, bounded drafts of runs, tasks. */
@NullMarked
package dev.assay.connectors.record;

import org.jspecify.annotations.NullMarked;
