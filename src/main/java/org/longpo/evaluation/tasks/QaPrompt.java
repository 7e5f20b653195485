package org.longpo.evaluation.tasks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.longpo.evaluation.QuestionPrompt;
import org.longpo.settings.Option;

/** How a question about a passage is asked, in all tasks that do so: one option. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Option(
    name = "qa_prompt",
    type = QuestionPrompt.Type.class,
    defaultValue =
        "Read the following text and answer the question about it.\\n\\n{context}\\n\\n"
            + "Question: {question}\\nAnswer in as few words as possible.",
    meaning = "The prompt of questions about passages; \\n is a line break.")
@interface QaPrompt {}
