package org.longpo.tiny.village.questions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Friend;
import org.longpo.tiny.village.Statement.Job;
import org.longpo.tiny.village.Village;

/** What somebody's best friend works as: two hops, the first of which is said. */
public record FriendJobQuestion() implements QuestionKind {
  @Override
  public String id() {
    return "friend-job";
  }

  @Override
  public String subject() {
    return "What somebody's friend works as";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    String friend = village.person();
    List<Statement> told =
        new ArrayList<>(
            List.of(new Friend(village.person(), friend), new Job(friend, village.job())));
    Collections.shuffle(told, random);
    return told;
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    List<Friend> friends = new ArrayList<>(facts.all(Friend.class));
    Collections.shuffle(friends, random);
    for (Friend friend : friends) {
      Optional<Job> job = facts.first(Job.class, one -> one.person().equals(friend.friend()));
      if (job.isPresent()) {
        String work = job.get().job();
        return Optional.of(
            Question.of(
                List.of("What does the best friend of %s work as?".formatted(friend.person())),
                List.of(
                    "The best friend is %s, who works as a %s.".formatted(friend.friend(), work)),
                List.of(work),
                random));
      }
    }
    return Optional.empty();
  }
}
