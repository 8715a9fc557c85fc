package dev.assay.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Notes that contradict the one that is kept: together they prove that a signer vouched for two
 * histories. They lie beside it, {@code NAME.fork-SIZE-ROOT.signed}, the root's first 16 hex
 * digits.
 *
 * @param noteFile what is kept, {@code NAME.signed}
 */
record ForkFiles(Path noteFile) {
  /** Two prove it; a signer that goes on so must not fill a disk. */
  static final int MAX = 100;

  private static final String ENDING = ".signed";
  private static final int ROOT_DIGITS = 16;

  /** Writes a note, unless it is there; says where it is, in words for a list of two. */
  String keep(SignedNote note, Checkpoint checkpoint) throws IOException {
    String name = String.valueOf(noteFile.getFileName());
    String stem =
        (name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name)
            + ".fork-";
    Path file =
        noteFile.resolveSibling(
            "%s%d-%s%s"
                .formatted(
                    stem,
                    checkpoint.size(),
                    checkpoint.root().hex().substring(0, ROOT_DIGITS),
                    ENDING));
    if (!Files.exists(file)) {
      if (count(stem) >= MAX) {
        return "the newer of which isn't written, as %d others lie beside it".formatted(MAX);
      }
      DurableFiles.write(file, note.encode());
    }
    return "the newer is now in " + file;
  }

  private int count(String stem) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(
            DurableFiles.folder(noteFile),
            file -> String.valueOf(file.getFileName()).startsWith(stem))) {
      for (Path _ : all) {
        count++;
      }
    }
    return count;
  }
}
