package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.error.UserError;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.TokenTree;

/**
 * A pass that fails leaves nothing open: the scopes around it close, and the error stays itself.
 */
class TreePassFailureTest {
  private static final ModelConfig CONFIG = RandomModel.config(2, 1, false, false, false, 0);
  private static final EngineSettings SETTINGS = EngineSettings.defaults(KernelChoice.flash());

  @ParameterizedTest
  @EnumSource(TreePass.Purpose.class)
  void shouldGiveUpItsScopeWhereALayerFails(TreePass.Purpose purpose) {
    TokenTree tree = TokenTree.of(List.of(new int[] {1, 2, 3}));
    RuntimeException full = new RuntimeException("DefaultCPUAllocator: not enough memory");
    try (Scope outer = Scope.open()) {
      LanguageModel model = RandomModel.of(CONFIG, RandomModel.weights(CONFIG, DType.FLOAT32, 1));
      assertThatThrownBy(
              () -> {
                // As a training step has it: what is open when a pass fails is closed on the way.
                try (Scope ignored = Scope.open()) {
                  TreePass.forward(
                      model,
                      tree,
                      SETTINGS,
                      purpose,
                      (layer, output) -> {
                        if (layer == 1) {
                          throw full;
                        }
                      });
                }
              })
          .isSameAs(full)
          .hasNoSuppressedExceptions();
      // Whatever is made now belongs to the outer scope again.
      Tensor after = Tensor.zeros(DType.FLOAT32, RandomModel.device(), 2);
      assertThatThrownBy(() -> outer.keep(after)).hasMessageContaining("outermost scope");
    }
  }

  @Test
  void shouldRefuseTokenWithoutRowInOneSentence() {
    try (Scope ignored = Scope.open()) {
      LanguageModel model =
          RandomModel.of(CONFIG, RandomModel.weights(CONFIG, DType.FLOAT32, 1))
              .withTokenStrings(id -> id == 31 ? "<extra>" : "");
      assertThatThrownBy(
              () -> new Scorer(model, SETTINGS).logProbs(List.of(new int[] {1, 31}), new int[] {1}))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(
              "The token id 31 ('<extra>') is not among those of the model random")
          .hasMessageContaining("31 rows, for the ids 0 to 30");
      assertThatThrownBy(
              () ->
                  new Generator(model, SETTINGS)
                      .generate(
                          List.of(new GenerationRequest(new int[] {1, 99}, 0)),
                          Sampling.greedy(),
                          4,
                          new int[0]))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("The token id 99 is not among");
      assertThat(model.embed(new int[] {30}).shape()).containsExactly(1, 16);
    }
  }
}
