package io.tollgate.tests.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;

/** Holds code against the picture of {@link Room}. */
final class HousePicture {
  private HousePicture() {}

  /** Throws an AssertionError that names every arrow that the picture does not have. */
  static void check(JavaClasses imported) {
    classes()
        .that()
        .resideInAPackage(Room.ROOT + ".")
        .and()
        .resideOutsideOfPackage(Room.ROOT + "tests..")
        .should(followTheArrows())
        .check(imported);
  }

  private static ArchCondition<JavaClass> followTheArrows() {
    return new ArchCondition<>("know only what the picture of the house allows") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        if (Room.isGenerated(origin.getPackageName())) {
          return;
        }
        Optional<Room> room = Room.of(origin.getPackageName());
        if (room.isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  origin, origin.getName() + " stands in no room of the house"));
          return;
        }
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
          String target = dependency.getTargetClass().getPackageName();
          if (target.startsWith(Room.ROOT) && !allowed(room.get(), target)) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static boolean allowed(Room room, String target) {
    if (Room.isGenerated(target)) {
      return Room.within(target, room.generatedPackage());
    }
    Optional<Room> other = Room.of(target);
    boolean internal = target.contains(".internal");
    return other.isPresent() && room.mayKnow(other.get()) && (!internal || other.get() == room);
  }
}
