package dev.assay.connectors.record;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C library's calls that {@link LinuxFolders} makes; negative results are errors. To link them
 * takes about 70 ms, so this class is loaded only where they pay. The handles are static, or the
 * JIT would not see through them.
 */
final class LinuxCalls {
  // open(2): O_NONBLOCK and O_CLOEXEC are equal on both architectures, these two aren't
  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
  private static final int DIRECTORY = ARM ? 0x4000 : 0x10000;
  private static final int NOFOLLOW = ARM ? 0x8000 : 0x20000;
  private static final int NONBLOCK = 0x800;
  private static final int CLOEXEC = 0x80000;
  private static final int WORKING_FOLDER = -100; // AT_FDCWD
  private static final int SEEK_END = 2;

  private static final MethodHandle OPENAT =
      linked("openat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETDENTS64 =
      linked("getdents64", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle LSEEK =
      linked("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle PREAD =
      linked("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle CLOSE = linked("close", JAVA_INT, JAVA_INT);

  private LinuxCalls() {}

  /**
   * Whether this machine has the calls as they are declared here, and this process may make any.
   */
  static boolean areThere() {
    String machine = System.getProperty("os.arch", "");
    return System.getProperty("os.name", "").equals("Linux")
        && (machine.equals("amd64") || machine.equals("aarch64"))
        && LinuxFolders.class.getModule().isNativeAccessEnabled()
        && Linker.nativeLinker().defaultLookup().find("getdents64").isPresent();
  }

  /** Opens a folder, if no link. */
  static int openFolder(MemorySegment path) {
    return open(WORKING_FOLDER, path, DIRECTORY | NOFOLLOW | CLOEXEC);
  }

  /** Opens a file of an opened folder, if no link, without waiting for the other end of a pipe. */
  static int openFile(int folder, MemorySegment name) {
    return open(folder, name, NONBLOCK | NOFOLLOW | CLOEXEC);
  }

  private static int open(int folder, MemorySegment path, int flags) {
    try {
      return (int) OPENAT.invokeExact(folder, path, flags);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Bytes of entries written to {@code to}; 0 after the last. */
  static long entries(int folder, MemorySegment to) {
    try {
      return (long) GETDENTS64.invokeExact(folder, to, to.byteSize());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Bytes in an opened file. */
  static long size(int file) {
    try {
      return (long) LSEEK.invokeExact(file, 0L, SEEK_END);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Reads up to {@code most} bytes from the file's start. */
  static long read(int file, MemorySegment to, long most) {
    try {
      return (long) PREAD.invokeExact(file, to, most, 0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Closes a folder or file that was only read, so that no error of it matters. */
  static void close(int opened) {
    try {
      int _ = (int) CLOSE.invokeExact(opened);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Calls of C throw nothing; a handle may, as any code of the JDK. */
  private static RuntimeException unexpected(Throwable e) {
    return switch (e) {
      case Error error -> throw error;
      case RuntimeException known -> known;
      default -> new IllegalStateException(e);
    };
  }

  /** Restricted because a wrong declaration can crash: those above are from the manual pages. */
  @SuppressWarnings("restricted")
  private static MethodHandle linked(String name, ValueLayout result, ValueLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }
}
