package dev.assay.model.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.model.document.Corpus;
import dev.assay.model.document.DocumentException;
import dev.assay.model.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrustReaderTest {
  static Stream<Path> good() {
    return Corpus.documents("trust/good").stream();
  }

  static Stream<Path> bad() {
    return Corpus.documents("trust/bad").stream();
  }

  @ParameterizedTest
  @MethodSource("good")
  void read_goodDocument_readsBackFromItsJson(Path document) {
    Trust trust = read(document);
    Trust again = TrustReader.read(CanonicalJson.encode(trust.toJson()), "again.json");

    assertThat(again).isEqualTo(trust);
    assertThat(again.digest()).isEqualTo(trust.digest());
  }

  @ParameterizedTest
  @MethodSource("bad")
  void read_badDocument_saysWhereAndWhat(Path document) {
    DocumentException e = catchThrowableOfType(DocumentException.class, () -> read(document));
    List<String> expected =
        Corpus.expected(document).stream().filter(line -> !line.equals("schema accepts")).toList();

    assertThat(e).as("refused").isNotNull();
    assertThat(e.getMessage().lines()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(e.getMessage().lines().toList().get(i))
          .startsWith(document.getFileName() + ":" + expected.get(i));
    }
  }

  /** Golden: ledgers hold this digest. Made with Python: sha256 of the canonical JSON below. */
  @Test
  void digest_smallestDocument_isTheOneThatLedgersHold() {
    Trust trust = read(Path.of("src/test/resources/trust/good/smallest.json"));

    assertThat(new String(CanonicalJson.encode(trust.toJson()), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"apiVersion\":\"assay/v1\",\"kind\":\"Trust\",\"name\":\"t\",\"people\":[{\"id\":"
                + "\"p\",\"keys\":[],\"roles\":[],\"sources\":[]}],\"quorum\":{\"trust\":{\"owner\":2}},"
                + "\"signers\":[]}");
    assertThat(trust.digest().hex())
        .isEqualTo("6c5621d93d8ef83bb981a00f16c4f1de795317a5ed42189af101e579929fdd1f");
  }

  @Test
  void owner_eachKey_isWhoseItIs() {
    Trust trust = read(Path.of("src/test/resources/trust/good/every-key.yaml"));

    for (Person person : trust.people()) {
      assertThat(person.keys()).allSatisfy(key -> assertThat(trust.owner(key)).contains(person));
    }
    assertThat(trust.signers().getFirst().keys())
        .allSatisfy(key -> assertThat(trust.owner(key)).isEmpty());
    assertThat(trust.calledBy("mlflow:bob")).map(Person::id).contains("p-author");
    assertThat(trust.calledBy("mlflow:carol")).isEmpty();
  }

  @Test
  void canChange_quorumThatNobodyCanMeet_isTold() {
    assertThat(read(Path.of("src/test/resources/trust/good/every-key.yaml")).canChange()).isTrue();
    assertThat(read(Path.of("src/test/resources/trust/good/smallest.json")).canChange()).isFalse();
  }

  @Property(tries = 200)
  void toJson_anyDocument_readsBack(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 4) Integer> keysOfPeople,
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll @IntRange(max = 3) int signers) {
    int key = 0;
    List<Person> people = new ArrayList<>();
    for (int keys : keysOfPeople) {
      List<PublicKey> own = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        own.add(key(key++));
      }
      String id = "p-" + people.size();
      people.add(
          new Person(
              id,
              own,
              keys > 2 ? List.of("risk", "owner") : List.of("risk"),
              List.of("git:" + id)));
    }
    List<Signer> services = new ArrayList<>();
    for (int i = 0; i < signers; i++) {
      services.add(new Signer("s-" + i, List.of(key(key++)), List.of(SignerUse.values()[i])));
    }
    SortedMap<String, Integer> quorum = new TreeMap<>();
    quorum.put("owner", count);
    Trust trust = new Trust("t", people, services, quorum);

    assertThat(TrustReader.read(CanonicalJson.encode(trust.toJson()), "t.json")).isEqualTo(trust);
  }

  @Property(tries = 1000)
  void read_damagedDocument_givesOnlyItsOwnException(
      @ForAll @IntRange(max = 800) int at, @ForAll byte with) {
    byte[] bytes = Corpus.bytes(Path.of("src/test/resources/trust/good/every-key.yaml"));
    bytes[at % bytes.length] = with;
    try {
      assertThat(TrustReader.read(bytes, "t.yaml").people()).isNotEmpty();
    } catch (DocumentException e) {
      assertThat(e.getMessage()).startsWith("t.yaml:");
    }
  }

  private static PublicKey key(int number) {
    byte[] raw = new byte[32];
    raw[0] = (byte) number;
    return PublicKey.of(raw);
  }

  private static Trust read(Path document) {
    return TrustReader.read(Corpus.bytes(document), document.getFileName().toString());
  }
}
