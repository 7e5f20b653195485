package org.longpo.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file open for writing; a write that fails leaves half of its bytes. */
final class FailingChannel extends FileChannel {
  private final FailingProvider provider;
  private final FileChannel real;

  FailingChannel(FailingProvider provider, FileChannel real) {
    this.provider = provider;
    this.real = real;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (provider.failsToWrite()) {
      throw provider.isDead() ? provider.failed() : tear(source);
    }
    return real.write(source);
  }

  private IOException tear(ByteBuffer source) throws IOException {
    ByteBuffer half = source.duplicate();
    half.limit(half.position() + half.remaining() / 2);
    while (half.hasRemaining()) {
      real.write(half);
    }
    return provider.failed();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    provider.beforeOther();
    real.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    real.force(metaData);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer target, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer source, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
