package dev.assay.connectors.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JunitWriterTest {
  @Test
  void report_ofEveryKindAndHostileText_isValidForJenkins() throws Exception {
    String xml = Samples.written(ReportFormat.JUNIT::writer, Samples.all());

    schema().newValidator().validate(new StreamSource(new StringReader(xml)));
  }

  @Test
  void schema_anotherElement_isRefused() throws Exception {
    String xml =
        Samples.written(ReportFormat.JUNIT::writer, Samples.all()).replace("<testcase", "<case");
    Schema schema = schema();

    assertThatThrownBy(
            () -> schema.newValidator().validate(new StreamSource(new StringReader(xml))))
        .isInstanceOf(SAXException.class);
  }

  @Test
  void suites_ofEveryKind_countWhatBlocksAlone() throws Exception {
    Document report = parsed(Samples.written(ReportFormat.JUNIT::writer, Samples.all()));

    assertThat(counts(report))
        .containsExactly("1 0 0 0", "2 0 0 0", "1 0 1 0", "1 0 0 1", "1 1 0 0", "3 1 0 1");
    assertThat(report.getElementsByTagName("failure").getLength()).isEqualTo(2);
    assertThat(report.getElementsByTagName("error").getLength()).isEqualTo(1);
    assertThat(report.getElementsByTagName("skipped").getLength()).isEqualTo(2);
    assertThat(report.getElementsByTagName("system-out").item(0).getTextContent())
        .startsWith("warning: worse")
        .contains("evidence: runs/m.jsonl:9", "docs/findings/trend.md");
  }

  @Test
  void testcases_ofTwoRecordsOfOneRun_haveTwoNames() throws Exception {
    Document report =
        parsed(
            Samples.written(
                ReportFormat.JUNIT::writer,
                List.of(Samples.passed("v1.0"), Samples.passed("v1.0"))));

    assertThat(attributes(report, "testcase", "classname"))
        .containsExactly("exp_one.v1_0 (id-v1_0)", "exp_one.v1_0 (id-v1_0) #2");
  }

  private static List<String> counts(Document report) {
    NodeList suites = report.getElementsByTagName("testsuite");
    return IntStream.range(0, suites.getLength())
        .mapToObj(i -> (Element) suites.item(i))
        .map(
            suite ->
                "%s %s %s %s"
                    .formatted(
                        suite.getAttribute("tests"),
                        suite.getAttribute("failures"),
                        suite.getAttribute("errors"),
                        suite.getAttribute("skipped")))
        .toList();
  }

  private static List<String> attributes(Document report, String tag, String name) {
    NodeList found = report.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> ((Element) found.item(i)).getAttribute(name))
        .toList();
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static Schema schema() throws Exception {
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(Path.of("src/test/resources/report/junit-10.xsd").toFile());
  }
}
