package org.longpo.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Set;

/**
 * The default file system, in which a chosen operation that changes something fails, and from then
 * on others do too.
 */
public final class FailingFileSystem extends FileSystem {
  /** How it fails. */
  public enum Failure {
    /**
     * The process is dead: a write leaves half of its bytes, nothing else happens any more, not
     * even what would clean up.
     */
    CRASH,
    /** No space is left: writes leave half of their bytes; removing and renaming still work. */
    DISK_FULL
  }

  /** What a dead process cannot catch. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final FailingProvider provider;

  /**
   * @param failAt number of the first operation that fails, from 1
   */
  public FailingFileSystem(Failure failure, int failAt) {
    provider = new FailingProvider(this, failure, failAt);
  }

  /** A path of the default file system, seen through this one. */
  public Path wrap(Path real) {
    return new WrappedPath(this, real);
  }

  /** Operations so far that changed something, or should have. */
  public int operations() {
    return provider.operations();
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(Path.of(first, more));
  }

  @Override
  public void close() {}

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    throw new UnsupportedOperationException();
  }
}
