/**
 * Text to token ids and back, and conversations as the checkpoint's own chat template writes them.
 *
 * <p>A model folder's {@code tokenizer.json} is taken as it stands: ids are those of the Hugging
 * Face tokenizers library reading that file. (transformers 5 rebuilds some tokenizers from their
 * class name instead, among them Llama's, which changes how a leading space is treated.) Nothing
 * here truncates, pads, adds tokens that were not asked for, or goes online.
 *
 * <p>One rule holds throughout: <b>text is only text</b>. The string of a special token becomes
 * that token only where the chat template wrote it. In a document, an instruction or an answer it
 * is encoded letter by letter, so no document can end a turn or open one.
 *
 * <ul>
 *   <li>{@link org.longpo.text.Tokenizer}: encode, decode, offsets; {@link
 *       org.longpo.text.TextStream}: decode ids as they are sampled.
 *   <li>{@link org.longpo.text.ChatTemplate}: messages to text, with Jinja as transformers runs it.
 *   <li>{@link org.longpo.text.PromptEncoder}: messages and sampled responses to ids, with the
 *       exact span of every response.
 * </ul>
 */
@NullMarked
package org.longpo.text;

import org.jspecify.annotations.NullMarked;
