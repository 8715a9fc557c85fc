/** The policy that judges runs: its stages, checks and cases, read, validated and digested. */
@NullMarked
package dev.assay.model.policy;

import org.jspecify.annotations.NullMarked;
