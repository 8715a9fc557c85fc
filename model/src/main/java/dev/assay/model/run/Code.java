package dev.assay.model.run;

import java.util.Optional;

/**
 * The code that a run ran.
 *
 * @param commit the version-control commit; empty if unknown
 * @param repository its address; empty if unknown
 * @param dirty whether files differed from the commit, if the record says so
 */
public record Code(String commit, String repository, Optional<Boolean> dirty) {}
