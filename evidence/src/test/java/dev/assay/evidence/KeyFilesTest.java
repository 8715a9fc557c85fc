package dev.assay.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {
  /** Of the golden files: test keys, see the README beside them. */
  private static final Optional<Passphrase> GOLDEN =
      Optional.of(new Passphrase("golden-test-passphrase"));

  private static final String GOLDEN_SEED =
      "9a8f646a6d37cc44fb65175dafb3eca58bd3b0693ecc9954ce1462401319e5fb";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void read_whatWasCreatedWithAPassphrase_givesTheKeyAgain(KeyType type) {
    SigningKey key = SigningKey.generate(type);
    Path file = folder.resolve("own/key.pem");
    KeyFiles.create(file, key, Optional.of(new Passphrase("täst passphrase")));

    assertThat(KeyFiles.encrypted(file)).isTrue();
    SigningKey read = KeyFiles.read(file, type, Optional.of(new Passphrase("täst passphrase")));
    assertThat(read.named("n").verifierKey()).isEqualTo(key.named("n").verifierKey());
  }

  @ParameterizedTest
  @EnumSource
  void create_unencrypted_isForItsOwnerAloneAndReadsBack(KeyType type) throws IOException {
    SigningKey key = SigningKey.generate(type);
    Path file = folder.resolve("key.pem");
    KeyFiles.create(file, key, Optional.empty());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(KeyFiles.encrypted(file)).isFalse();
    assertThat(KeyFiles.read(file, type, Optional.empty()).seed()).isEqualTo(key.seed());
  }

  @Test
  void create_fileIsThere_isRefusedAndLeavesIt() throws IOException {
    Path file = Files.writeString(folder.resolve("key.pem"), "mine");
    assertThatThrownBy(
            () -> KeyFiles.create(file, SigningKey.generate(KeyType.ED25519), Optional.empty()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("never overwritten");
    assertThat(file).hasContent("mine");
  }

  @Test
  void encode_encrypted_asksForSixHundredThousandIterations() {
    byte[] pem =
        KeyFiles.encode(
            SigningKey.generate(KeyType.ED25519), Optional.of(new Passphrase("passphrase")));
    byte[] der =
        java.util.Base64.getMimeDecoder()
            .decode(new String(pem, StandardCharsets.US_ASCII).replaceAll("-----.*-----", ""));
    // INTEGER 600000, then hmacWithSHA256
    assertThat(HexFormat.of().formatHex(der)).contains("02030927c0300c06082a864886f70d0209");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519-openssl3.pem", "ed25519-openssl3-scrypt.pem"})
  void read_madeByOpenssl_givesItsKey(String name) throws IOException {
    assertThat(KeyFiles.read(golden(name), KeyType.ED25519, GOLDEN).seed())
        .isEqualTo(HexFormat.of().parseHex(GOLDEN_SEED));
  }

  @Test
  void read_exampleOfRfc9881_givesItsSeed() throws IOException {
    SigningKey key =
        KeyFiles.read(golden("ml-dsa-44-rfc9881-seed.pem"), KeyType.ML_DSA_44, Optional.empty());
    assertThat(HexFormat.of().formatHex(key.seed()))
        .isEqualTo("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    assertThat(new String(KeyFiles.encode(key, Optional.empty()), StandardCharsets.US_ASCII))
        .isEqualTo(Files.readString(golden("ml-dsa-44-rfc9881-seed.pem")));
  }

  @Test
  void create_encryptedEd25519_isOpenedByOpenssl() throws Exception {
    assumeTrue(hasOpenssl(), "no openssl 3 on this machine");
    SigningKey key = SigningKey.generate(KeyType.ED25519);
    Path file = folder.resolve("key.pem");
    KeyFiles.create(file, key, Optional.of(new Passphrase("test-only")));

    assertThat(openssl("pkey", "-in", file.toString(), "-passin", "pass:test-only", "-text"))
        .containsIgnoringWhitespaces(
            "priv:" + HexFormat.ofDelimiter(":").formatHex(key.seed()) + "pub:");
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519-openssl3.pem, isn't encrypted with this passphrase",
    "ed25519-openssl3-scrypt.pem, isn't encrypted with this passphrase",
    "ed25519-aes128.pem, is encrypted in a way that isn't read",
    "x25519.pem, holds no PKCS#8 of an Ed25519",
    "ml-dsa-44-rfc9881-seed.pem, 'holds an ML-DSA-44 key, expected Ed25519'"
  })
  void read_notThatKey_saysWhy(String name, String why) throws IOException {
    Path file = golden(name);
    assertThatThrownBy(
            () -> KeyFiles.read(file, KeyType.ED25519, Optional.of(new Passphrase("another"))))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }

  @Test
  void read_encryptedWithoutPassphrase_asksForIt() throws IOException {
    Path file = golden("ed25519-openssl3.pem");
    assertThatThrownBy(() -> KeyFiles.read(file, KeyType.ED25519, Optional.empty()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("give its passphrase");
  }

  /** Padding is right by chance for some of them; that is no key either. */
  @Test
  void read_manyWrongPassphrases_neverGiveAKeyAndAllSaySo() throws IOException {
    Path file = golden("ed25519-openssl3.pem");
    for (int i = 0; i < 600; i++) {
      Optional<Passphrase> wrong = Optional.of(new Passphrase("wrong" + i));
      assertThatThrownBy(() -> KeyFiles.read(file, KeyType.ED25519, wrong))
          .isInstanceOf(KeyFileException.class)
          .hasMessageContaining("this passphrase");
    }
  }

  @Test
  void read_mlDsaKeyInAnotherForm_namesTheForm() throws IOException {
    byte[] der = HexFormat.of().parseHex("3016020100300b060960864801650304031104040402" + "2100");
    String pem =
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(java.util.Base64.getEncoder().encodeToString(der));
    Path file = ownerOnly("expanded.pem", pem);
    assertThatThrownBy(() -> KeyFiles.read(file, KeyType.ML_DSA_44, Optional.empty()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("form 'seed'");
  }

  @Test
  void read_readableByOthers_isRefused() throws IOException {
    Path file = golden("ed25519-openssl3.pem");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> KeyFiles.read(file, KeyType.ED25519, GOLDEN))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void read_missing_saysSo() {
    assertThatThrownBy(
            () -> KeyFiles.read(folder.resolve("none.pem"), KeyType.ED25519, Optional.empty()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void read_otherPem_saysWhatItFound() throws IOException {
    Path file =
        ownerOnly(
            "rsa.pem", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    assertThatThrownBy(() -> KeyFiles.read(file, KeyType.ED25519, Optional.empty()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("'RSA PRIVATE KEY'");
  }

  @Test
  void decrypt_scryptThatWantsTooMuchMemory_isRefused() throws IOException {
    // N 16,384, r 8, p 1 becomes r 127: 254 MiB
    String der =
        HexFormat.of()
            .formatHex(derOf("ed25519-openssl3-scrypt.pem"))
            .replace("02024000020108", "0202400002017f");
    assertThatThrownBy(() -> Pbes2.decrypt(HexFormat.of().parseHex(der), GOLDEN.orElseThrow()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("asks for scrypt with N 16384, r 127");
  }

  @Property(tries = 300)
  void decrypt_randomBytes_givesOnlyItsOwnException(@ForAll byte[] bytes) {
    assertThatThrownBy(() -> Pbes2.decrypt(bytes, new Passphrase("x")))
        .isInstanceOf(KeyFileException.class);
  }

  @Property(tries = 300)
  void decrypt_damagedFile_givesItsOwnExceptionOrTheKey(@ForAll int at, @ForAll byte change)
      throws IOException {
    byte[] der = derOf("ed25519-openssl3.pem");
    der[Math.floorMod(at, der.length)] ^= change;
    try {
      Pkcs8.decode(Pbes2.decrypt(der, GOLDEN.orElseThrow()));
    } catch (KeyFileException e) {
      assertThat(e).hasMessageMatching("(?s)(isn't|holds|is encrypted|asks).*");
    }
  }

  @Property(tries = 300)
  void decode_randomBytes_givesOnlyItsOwnException(@ForAll byte[] bytes) {
    assertThatThrownBy(() -> Pkcs8.decode(bytes)).isInstanceOf(KeyFileException.class);
  }

  @Test
  void passphrase_emptyOrEndless_isRefusedAndNeverShown() {
    assertThatThrownBy(() -> new Passphrase("")).isInstanceOf(KeyFileException.class);
    assertThatThrownBy(() -> new Passphrase("x".repeat(1_025)))
        .isInstanceOf(KeyFileException.class);
    assertThat(new Passphrase("hidden")).hasToString("a passphrase");
    assertThatCode(() -> new Passphrase("x")).doesNotThrowAnyException();
  }

  private static byte[] derOf(String name) throws IOException {
    try (InputStream in = KeyFilesTest.class.getResourceAsStream("/keys/" + name)) {
      return java.util.Base64.getMimeDecoder()
          .decode(
              new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                  .replaceAll("-----[A-Z ]*-----", ""));
    }
  }

  private Path golden(String name) throws IOException {
    try (InputStream in = KeyFilesTest.class.getResourceAsStream("/keys/" + name)) {
      return ownerOnly(name, new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    }
  }

  private Path ownerOnly(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static boolean hasOpenssl() throws InterruptedException {
    try {
      return openssl("version").startsWith("OpenSSL 3");
    } catch (IOException e) {
      return false;
    }
  }

  private static String openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
