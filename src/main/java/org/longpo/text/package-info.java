/**
 * Text to token ids and back, and conversations as the checkpoint's own chat template writes them.
 *
 * <p>A tokenizer is more than {@code tokenizer.json}: ids, special and end tokens are those of
 * transformers 5.18 opening the model folder, because the model was trained with the ids of
 * transformers. Also read are {@code tokenizer_config.json} ({@code added_tokens_decoder}, named
 * tokens, {@code tokenizer_class} and, for Llama's, {@code legacy} and {@code add_prefix_space}),
 * {@code special_tokens_map.json}, {@code added_tokens.json} and {@code config.json}; what is not
 * implemented is refused by name. For example, with the class {@code LlamaTokenizer}, unless {@code
 * legacy} is true, there is no space between a special token and the text after it, whatever {@code
 * tokenizer.json} defines. Nothing here truncates, pads, adds tokens that were not requested, or
 * uses the network.
 *
 * <p>One rule holds throughout: <b>text is only text</b>. The string of a special token becomes
 * that token only where the chat template wrote it. In a document, an instruction or an answer it
 * is encoded letter by letter, so no document can end a turn or open one.
 *
 * <ul>
 *   <li>{@link org.longpo.text.Tokenizer}: encode, decode, offsets; {@link
 *       org.longpo.text.TextStream}: decode ids as they are sampled.
 *   <li>{@link org.longpo.text.ChatTemplate}: messages to text, with Jinja as transformers runs it.
 *   <li>{@link org.longpo.text.Prompts}: the one way from text to the ids that a model reads;
 *       {@link org.longpo.text.PromptEncoder} is that of a checkpoint, with the exact span of every
 *       response in a conversation.
 * </ul>
 */
@NullMarked
package org.longpo.text;

import org.jspecify.annotations.NullMarked;
