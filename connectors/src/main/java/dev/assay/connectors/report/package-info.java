/**
 * Reports of what was judged, for people and programs that know nothing of Assay: JUnit XML, SARIF,
 * Markdown, HTML, annotations of GitHub. One model, a writer a format; all text in it is hostile.
 */
@NullMarked
package dev.assay.connectors.report;

import org.jspecify.annotations.NullMarked;
