package org.longpo.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A native tensor: shape, element type, device. Operations named {@code ...InPlace} change this
 * tensor and return it; all others do not change it. Views share memory with what they view.
 *
 * <p>It is valid until the {@link Scope} that it was made in, or the one that it was kept in, is
 * closed, or until it is freed.
 */
public final class Tensor {
  private static final long COUNTED_AT_ONCE = 1 << 20;

  /** How {@code gelu} is approximated. */
  private static final String TANH = "tanh";

  private final org.bytedeco.pytorch.Tensor raw;
  private @Nullable Scope scope;

  Tensor(org.bytedeco.pytorch.Tensor raw) {
    this.raw = raw;
    this.scope = Scope.current();
  }

  // --- making -----------------------------------------------------------------------------------

  /** Uninitialised memory. */
  public static Tensor empty(DType dtype, Device device, long... shape) {
    Scope.current();
    return new Tensor(torch.empty(shape, options(dtype, device), null));
  }

  public static Tensor zeros(DType dtype, Device device, long... shape) {
    Scope.current();
    return new Tensor(torch.zeros(shape, options(dtype, device)));
  }

  public static Tensor full(double value, DType dtype, Device device, long... shape) {
    return empty(dtype, device, shape).fillInPlace(value);
  }

  public static Tensor of(float[] values, Device device, long... shape) {
    Scope.current();
    try (FloatPointer data = new FloatPointer(values)) {
      return copied(data, DType.FLOAT32, device, shape);
    }
  }

  public static Tensor of(double[] values, Device device, long... shape) {
    Scope.current();
    try (DoublePointer data = new DoublePointer(values)) {
      return copied(data, DType.FLOAT64, device, shape);
    }
  }

  /** Token ids, rows, positions: a vector of int64. */
  public static Tensor of(int[] values, Device device) {
    Scope.current();
    long[] wide = Arrays.stream(values).asLongStream().toArray();
    try (LongPointer data = new LongPointer(wide)) {
      return copied(data, DType.INT64, device, wide.length);
    }
  }

  /** The numbers [start, end), int64. */
  public static Tensor range(long start, long end, Device device) {
    Scope.current();
    return new Tensor(
        torch.arange(new Scalar(start), new Scalar(end), options(DType.INT64, device)));
  }

  /**
   * A view of memory that libtorch does not own, for instance of a mapped file: no copy is made,
   * the memory must outlive the tensor and nothing may write to it.
   */
  public static Tensor ofMemory(MemorySegment segment, DType dtype, long... shape) {
    Scope.current();
    Pointer data = pointerTo(segment);
    return new Tensor(torch.from_blob(data, shape, options(dtype, Device.CPU)));
  }

  public static Tensor concatenate(List<Tensor> parts, long dimension) {
    TensorVector vector = new TensorVector();
    parts.forEach(part -> vector.push_back(part.raw));
    return new Tensor(torch.cat(vector, dimension));
  }

  // --- facts ------------------------------------------------------------------------------------

  public long[] shape() {
    try (Scope ignored = Scope.open()) {
      long[] shape = new long[(int) raw.dim()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = raw.size(i);
      }
      return shape;
    }
  }

  public long size(long dimension) {
    return raw.size(dimension);
  }

  public long elements() {
    return raw.numel();
  }

  public long bytes() {
    return raw.nbytes();
  }

  public DType dtype() {
    return DType.of(raw.scalar_type().intern());
  }

  public Device device() {
    try (Scope ignored = Scope.open()) {
      return Device.of(raw.device());
    }
  }

  // --- reading ----------------------------------------------------------------------------------

  /** The one element of a tensor of one. */
  public double item() {
    return raw.item_double();
  }

  public float[] toFloats() {
    try (Scope ignored = Scope.open()) {
      Tensor dense = to(DType.FLOAT32).to(Device.CPU).contiguous();
      float[] values = new float[Math.toIntExact(elements())];
      new FloatPointer(dense.raw.data_ptr()).get(values);
      return values;
    }
  }

  public double[] toDoubles() {
    try (Scope ignored = Scope.open()) {
      Tensor dense = to(DType.FLOAT64).to(Device.CPU).contiguous();
      double[] values = new double[Math.toIntExact(elements())];
      new DoublePointer(dense.raw.data_ptr()).get(values);
      return values;
    }
  }

  public long[] toLongs() {
    try (Scope ignored = Scope.open()) {
      Tensor dense = to(DType.INT64).to(Device.CPU).contiguous();
      long[] values = new long[Math.toIntExact(elements())];
      new LongPointer(dense.raw.data_ptr()).get(values);
      return values;
    }
  }

  /**
   * The bytes of a dense CPU tensor, without a copy; valid as long as the tensor is.
   *
   * @throws IllegalStateException if the tensor is elsewhere or not dense
   */
  public MemorySegment memory() {
    if (!device().isCpu() || !raw.is_contiguous()) {
      throw new IllegalStateException("only the memory of a dense tensor on the CPU can be read");
    }
    if (elements() == 0) {
      return MemorySegment.NULL;
    }
    return MemorySegment.ofAddress(raw.data_ptr().address()).reinterpret(bytes());
  }

  // --- shape ------------------------------------------------------------------------------------

  public Tensor narrow(long dimension, long start, long length) {
    return new Tensor(raw.narrow(dimension, start, length));
  }

  /** Rows {@code [start, end)} of the first dimension, as a view. */
  public Tensor rows(long start, long end) {
    return narrow(0, start, end - start);
  }

  public Tensor view(long... shape) {
    return new Tensor(raw.view(shape));
  }

  public Tensor reshape(long... shape) {
    return new Tensor(raw.reshape(shape));
  }

  public Tensor transpose(long first, long second) {
    return new Tensor(raw.transpose(first, second));
  }

  public Tensor permute(long... order) {
    return new Tensor(raw.permute(order));
  }

  public Tensor unsqueeze(long dimension) {
    return new Tensor(raw.unsqueeze(dimension));
  }

  public Tensor squeeze(long dimension) {
    return new Tensor(raw.squeeze(dimension));
  }

  public Tensor expand(long... shape) {
    return new Tensor(raw.expand(shape));
  }

  public Tensor contiguous() {
    return new Tensor(raw.contiguous());
  }

  public Tensor copy() {
    return new Tensor(raw.clone());
  }

  public Tensor to(DType dtype) {
    return new Tensor(raw.to(dtype.raw()));
  }

  public Tensor to(Device device) {
    return new Tensor(raw.to(device.raw(), raw.scalar_type()));
  }

  /**
   * A copy in host memory, in pinned memory if the device copies asynchronously: the call may
   * return before the copy is complete. Later work of the device waits for it.
   */
  public Tensor toHost() {
    if (device().isCpu()) {
      return copy();
    }
    TensorOptions pinned = options(dtype(), Device.CPU).pinned_memory(new BoolOptional(true));
    Tensor host = new Tensor(torch.empty(shape(), pinned, null));
    host.raw.copy_(raw, /* non_blocking= */ true);
    return host;
  }

  /**
   * The same on a device; the call may return before the copy is complete; later work waits for it.
   */
  public Tensor toAsynchronously(Device device) {
    return new Tensor(
        raw.to(
            device.raw(),
            raw.scalar_type(),
            /* non_blocking= */ true,
            /* copy= */ false,
            new MemoryFormatOptional()));
  }

  // --- arithmetic -------------------------------------------------------------------------------

  public Tensor matmul(Tensor other) {
    return new Tensor(raw.matmul(other.raw));
  }

  /**
   * {@code this x right + rows}, for matrices and a vector that is added to every row: rounded
   * once, after both.
   */
  public Tensor matmulPlus(Tensor right, Tensor rows) {
    return new Tensor(torch.addmm(rows.raw, raw, right.raw));
  }

  /** {@code this += left x right}, for matrices. */
  public Tensor addMatmulInPlace(Tensor left, Tensor right) {
    raw.addmm_(left.raw, right.raw);
    return this;
  }

  /** {@code this = beta * this + alpha * left x right}, for batches of matrices. */
  public Tensor addBatchMatmulInPlace(Tensor left, Tensor right, double beta, double alpha) {
    raw.baddbmm_(left.raw, right.raw, new Scalar(beta), new Scalar(alpha));
    return this;
  }

  public Tensor add(Tensor other) {
    return new Tensor(raw.add(other.raw));
  }

  public Tensor add(double value) {
    return new Tensor(raw.add(new Scalar(value)));
  }

  public Tensor sub(Tensor other) {
    return new Tensor(raw.sub(other.raw));
  }

  public Tensor mul(Tensor other) {
    return new Tensor(raw.mul(other.raw));
  }

  public Tensor mul(double value) {
    return new Tensor(raw.mul(new Scalar(value)));
  }

  public Tensor addInPlace(Tensor other) {
    raw.add_(other.raw);
    return this;
  }

  /** {@code this += factor * other}. */
  public Tensor addInPlace(Tensor other, double factor) {
    raw.add_(other.raw, new Scalar(factor));
    return this;
  }

  public Tensor addInPlace(double value) {
    raw.add_(new Scalar(value));
    return this;
  }

  public Tensor subInPlace(Tensor other) {
    raw.sub_(other.raw);
    return this;
  }

  public Tensor mulInPlace(Tensor other) {
    raw.mul_(other.raw);
    return this;
  }

  public Tensor mulInPlace(double value) {
    raw.mul_(new Scalar(value));
    return this;
  }

  public Tensor divInPlace(Tensor other) {
    raw.div_(other.raw);
    return this;
  }

  public Tensor divInPlace(double value) {
    raw.div_(new Scalar(value));
    return this;
  }

  /** {@code this += factor * first * second}, element by element. */
  public Tensor addProductInPlace(Tensor first, Tensor second, double factor) {
    raw.addcmul_(first.raw, second.raw, new Scalar(factor));
    return this;
  }

  /** {@code this += factor * numerator / denominator}, element by element. */
  public Tensor addQuotientInPlace(Tensor numerator, Tensor denominator, double factor) {
    raw.addcdiv_(numerator.raw, denominator.raw, new Scalar(factor));
    return this;
  }

  public Tensor fillInPlace(double value) {
    raw.fill_(new Scalar(value));
    return this;
  }

  public Tensor copyInPlace(Tensor source) {
    raw.copy_(source.raw);
    return this;
  }

  public Tensor exp() {
    return new Tensor(raw.exp());
  }

  public Tensor expInPlace() {
    raw.exp_();
    return this;
  }

  public Tensor log() {
    return new Tensor(raw.log());
  }

  public Tensor sqrt() {
    return new Tensor(raw.sqrt());
  }

  public Tensor rsqrt() {
    return new Tensor(raw.rsqrt());
  }

  public Tensor square() {
    return new Tensor(raw.square());
  }

  public Tensor cos() {
    return new Tensor(raw.cos());
  }

  public Tensor sin() {
    return new Tensor(raw.sin());
  }

  public Tensor sigmoid() {
    return new Tensor(raw.sigmoid());
  }

  /** {@code x * sigmoid(x)}. */
  public Tensor silu() {
    return new Tensor(torch.silu(raw));
  }

  /** The gradient through {@link #silu()} of this tensor. */
  public Tensor siluBackward(Tensor gradient) {
    return new Tensor(torch.silu_backward(gradient.raw, raw));
  }

  /** {@code x * Phi(x)}, Phi being approximated with a tanh. */
  public Tensor geluTanh() {
    return new Tensor(torch.gelu(raw, TANH));
  }

  /** The gradient through {@link #geluTanh()} of this tensor. */
  public Tensor geluTanhBackward(Tensor gradient) {
    return new Tensor(torch.gelu_backward(gradient.raw, raw, TANH));
  }

  /** The larger of the two, element by element. */
  public Tensor maximum(Tensor other) {
    return new Tensor(raw.maximum(other.raw));
  }

  /** The smaller of the two, element by element. */
  public Tensor minimum(Tensor other) {
    return new Tensor(raw.minimum(other.raw));
  }

  /** {@code this |= other}, for bool. */
  public Tensor orInPlace(Tensor other) {
    raw.logical_or_(other.raw);
    return this;
  }

  /** {@code log(exp(this) + exp(other))}, element by element. */
  public Tensor logAddExp(Tensor other) {
    return new Tensor(raw.logaddexp(other.raw));
  }

  // --- reductions and look-ups ------------------------------------------------------------------

  public Tensor sum() {
    return new Tensor(raw.sum());
  }

  public Tensor sum(long dimension, boolean keepDimension) {
    return new Tensor(raw.sum(new long[] {dimension}, keepDimension, new ScalarTypeOptional()));
  }

  /** The sum, computed and returned in another type, without a converted copy in between. */
  public Tensor sum(long dimension, boolean keepDimension, DType dtype) {
    return new Tensor(
        raw.sum(new long[] {dimension}, keepDimension, new ScalarTypeOptional(dtype.raw())));
  }

  public Tensor mean(long dimension, boolean keepDimension) {
    return new Tensor(raw.mean(new long[] {dimension}, keepDimension, new ScalarTypeOptional()));
  }

  public Tensor max(long dimension, boolean keepDimension) {
    return new Tensor(raw.amax(new long[] {dimension}, keepDimension));
  }

  public Tensor argmax(long dimension) {
    return new Tensor(
        raw.argmax(new org.bytedeco.pytorch.LongOptional(dimension), /* keepdim= */ false));
  }

  public Tensor logSumExp(long dimension, boolean keepDimension) {
    return new Tensor(torch.logsumexp(raw, new long[] {dimension}, keepDimension));
  }

  /** Whether every element is finite; reads the tensor once and needs no memory. */
  public boolean allFinite() {
    try (Scope ignored = Scope.open()) {
      // NaN or infinity in any element makes the sum NaN or infinite; it may also overflow by
      // itself.
      return Double.isFinite(sum().item()) || countNonFinite() == 0;
    }
  }

  /** The number of elements that are NaN or infinite. */
  public long countNonFinite() {
    long count = 0;
    try (Scope ignored = Scope.open()) {
      Tensor flat = reshape(-1);
      // In blocks: the test of a whole weight would take several times its memory.
      for (long start = 0; start < elements(); start += COUNTED_AT_ONCE) {
        try (Scope block = Scope.open()) {
          Tensor part = flat.rows(start, Math.min(elements(), start + COUNTED_AT_ONCE));
          count += (long) new Tensor(part.raw.isfinite().logical_not().sum()).item();
        }
      }
    }
    return count;
  }

  public Tensor indexSelect(long dimension, Tensor indices) {
    return new Tensor(raw.index_select(dimension, indices.raw));
  }

  public Tensor gather(long dimension, Tensor indices) {
    return new Tensor(raw.gather(dimension, indices.raw));
  }

  /** Adds row i of {@code source} to row {@code indices[i]} of this tensor. */
  public Tensor indexAddInPlace(long dimension, Tensor indices, Tensor source) {
    raw.index_add_(dimension, indices.raw, source.raw);
    return this;
  }

  /** Replaces row {@code indices[i]} of this tensor by row i of {@code source}. */
  public Tensor indexCopyInPlace(long dimension, Tensor indices, Tensor source) {
    raw.index_copy_(dimension, indices.raw, source.raw);
    return this;
  }

  /** Sums of the elements up to each one. */
  public Tensor cumulativeSum(long dimension) {
    return new Tensor(raw.cumsum(dimension));
  }

  /** Where this is at most {@code other}, a tensor that broadcasts: bool. */
  public Tensor isAtMost(Tensor other) {
    return new Tensor(raw.le(other.raw));
  }

  /** Where this is greater than {@code other}, a tensor that broadcasts: bool. */
  public Tensor isGreaterThan(Tensor other) {
    return new Tensor(raw.gt(other.raw));
  }

  /**
   * Values from large to small, and where each was.
   *
   * @param indices int64
   */
  public record Ordered(Tensor values, Tensor indices) {}

  /** All elements of the last dimension from large to small; equal ones keep their order. */
  public Ordered sorted() {
    return ordered(raw.sort(new BoolOptional(true), -1, /* descending= */ true));
  }

  /** The {@code count} largest of the last dimension, from large to small. */
  public Ordered largest(long count) {
    return ordered(raw.topk(count, -1, /* largest= */ true, /* sorted= */ true));
  }

  private static Ordered ordered(T_TensorTensor_T pair) {
    return new Ordered(new Tensor(pair.get0()), new Tensor(pair.get1()));
  }

  /** Sets elements where {@code mask} (bool) is true. */
  public Tensor maskedFillInPlace(Tensor mask, double value) {
    raw.masked_fill_(mask.raw, new Scalar(value));
    return this;
  }

  /** Keeps the elements on and above diagonal {@code k} of the last two dimensions. */
  public Tensor upperTriangleInPlace(long k) {
    raw.triu_(k);
    return this;
  }

  /** Keeps the elements on and below diagonal {@code k} of the last two dimensions. */
  public Tensor lowerTriangleInPlace(long k) {
    raw.tril_(k);
    return this;
  }

  // --- lifetime ---------------------------------------------------------------------------------

  /** Frees the tensor before its scope ends: for large tensors during a long step. */
  public void free() {
    if (scope == null) {
      raw.releaseReference();
    } else {
      scope.free(this);
    }
  }

  /** Takes the tensor out of its scope: it lives until {@link #free} is called. */
  public Tensor outliveScopes() {
    if (scope != null) {
      raw.retainReference();
      scope.free(this);
      scope = null;
    }
    return this;
  }

  org.bytedeco.pytorch.Tensor raw() {
    return raw;
  }

  /** Null: none. */
  @Nullable Scope scope() {
    return scope;
  }

  void moveTo(Scope target) {
    scope = target;
  }

  private static TensorOptions options(DType dtype, Device device) {
    return new TensorOptions()
        .dtype(new ScalarTypeOptional(dtype.raw()))
        .device(new org.bytedeco.pytorch.DeviceOptional(device.raw()))
        .requires_grad(new BoolOptional(false));
  }

  private static Tensor copied(Pointer data, DType dtype, Device device, long... shape) {
    Tensor view = new Tensor(torch.from_blob(data, shape, options(dtype, Device.CPU)));
    return device.isCpu() ? view.copy() : view.to(device);
  }

  private static Pointer pointerTo(MemorySegment segment) {
    return new Pointer() {
      {
        address = segment.address();
      }
    };
  }
}
