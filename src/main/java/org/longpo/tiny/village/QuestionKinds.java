package org.longpo.tiny.village;

import java.util.List;
import org.longpo.tiny.village.questions.AboutQuestion;
import org.longpo.tiny.village.questions.AgeQuestion;
import org.longpo.tiny.village.questions.AnimalsQuestion;
import org.longpo.tiny.village.questions.CodeQuestion;
import org.longpo.tiny.village.questions.CodesQuestion;
import org.longpo.tiny.village.questions.CropQuestion;
import org.longpo.tiny.village.questions.FriendJobQuestion;
import org.longpo.tiny.village.questions.HomeCheckQuestion;
import org.longpo.tiny.village.questions.HomeQuestion;
import org.longpo.tiny.village.questions.JobQuestion;
import org.longpo.tiny.village.questions.OlderQuestion;
import org.longpo.tiny.village.questions.PasswordsQuestion;
import org.longpo.tiny.village.questions.ResidentsQuestion;
import org.longpo.tiny.village.questions.ThingCountQuestion;
import org.longpo.tiny.village.questions.ThingsQuestion;

/** All kinds of questions about a text. A new one is a line here. */
public final class QuestionKinds {
  public static final List<QuestionKind> ALL =
      List.of(
          new CodeQuestion(),
          new HomeQuestion(),
          new JobQuestion(),
          new AgeQuestion(),
          new HomeCheckQuestion(),
          new AboutQuestion(),
          new ThingsQuestion(),
          new CodesQuestion(),
          new ResidentsQuestion(),
          new ThingCountQuestion(),
          new OlderQuestion(),
          new CropQuestion(),
          new FriendJobQuestion(),
          new PasswordsQuestion(),
          new AnimalsQuestion());

  private QuestionKinds() {}
}
