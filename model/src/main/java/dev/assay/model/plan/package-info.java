/** Plans that are fixed before work, and the roots that say what came out. */
@NullMarked
package dev.assay.model.plan;

import org.jspecify.annotations.NullMarked;
