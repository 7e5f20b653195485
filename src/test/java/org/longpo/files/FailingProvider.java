package org.longpo.files;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.longpo.files.FailingFileSystem.Crash;
import org.longpo.files.FailingFileSystem.Failure;

/** Hands everything to the default provider, but counts what changes something, and fails it. */
final class FailingProvider extends FileSystemProvider {
  private static final FileSystemProvider REAL = FileSystems.getDefault().provider();

  private final FailingFileSystem fileSystem;
  private final Failure failure;
  private final int failAt;
  private int operations;

  FailingProvider(FailingFileSystem fileSystem, Failure failure, int failAt) {
    this.fileSystem = fileSystem;
    this.failure = failure;
    this.failAt = failAt;
  }

  int operations() {
    return operations;
  }

  /** Whether the operation that comes now, one that takes space, is to fail. */
  boolean failsToWrite() {
    return ++operations >= failAt;
  }

  /** Whether an earlier operation has killed the process. */
  boolean isDead() {
    return failure == Failure.CRASH && operations > failAt;
  }

  /** An operation that needs space and leaves no files when it fails. */
  private void beforeTakingSpace() throws IOException {
    if (failsToWrite()) {
      throw failed();
    }
  }

  /** An operation that takes no space: on a full disk it works. */
  void beforeOther() throws IOException {
    if (failure == Failure.CRASH) {
      beforeTakingSpace();
    }
  }

  IOException failed() {
    return switch (failure) {
      case CRASH -> throw new Crash();
      case DISK_FULL -> new IOException("No space left on device");
    };
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    FileChannel real = REAL.newFileChannel(WrappedPath.unwrap(path), options, attributes);
    return options.contains(StandardOpenOption.WRITE) ? new FailingChannel(this, real) : real;
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    beforeTakingSpace();
    REAL.createDirectory(WrappedPath.unwrap(folder), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    beforeOther();
    REAL.delete(WrappedPath.unwrap(path));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    beforeOther();
    REAL.move(WrappedPath.unwrap(source), WrappedPath.unwrap(target), options);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> real =
        REAL.newDirectoryStream(
            WrappedPath.unwrap(folder), entry -> filter.accept(fileSystem.wrap(entry)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> entries = real.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return entries.hasNext();
          }

          @Override
          public Path next() {
            return fileSystem.wrap(entries.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    REAL.checkAccess(WrappedPath.unwrap(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return REAL.getFileAttributeView(WrappedPath.unwrap(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return REAL.readAttributes(WrappedPath.unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return REAL.readAttributes(WrappedPath.unwrap(path), attributes, options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return REAL.isSameFile(WrappedPath.unwrap(path), WrappedPath.unwrap(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return REAL.isHidden(WrappedPath.unwrap(path));
  }

  @Override
  public String getScheme() {
    return "failing";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return fileSystem;
  }

  @Override
  public Path getPath(URI uri) {
    return fileSystem.wrap(Path.of(uri));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }
}
