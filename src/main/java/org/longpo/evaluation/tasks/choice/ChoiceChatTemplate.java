package org.longpo.evaluation.tasks.choice;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.longpo.settings.Option;

/** Whether the questions are asked through the chat template, in all these tasks: one option. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Option(
    name = "choice_chat_template",
    defaultValue = "false",
    meaning =
        "Whether questions with options are a user's messages, and solved ones before them turns of"
            + " the conversation; else all is plain text.")
@interface ChoiceChatTemplate {}
