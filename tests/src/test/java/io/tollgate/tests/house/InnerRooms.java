package io.tollgate.tests.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rooms inside one context, and which of its own rooms each may know. What stands in the
 * context's top package is its face: every room may know it. What is not listed is not allowed.
 */
final class InnerRooms {
  /** The name of the room that is the context's top package. */
  static final String FACE = "";

  private final String context;
  private final Map<String, Set<String>> below = new HashMap<>();

  /**
   * @param context name of its top package, below {@link Room#ROOT}
   */
  InnerRooms(String context) {
    this.context = Room.ROOT + context;
  }

  /**
   * @param name of the package below the context's top one
   * @param below rooms that it may know
   */
  InnerRooms room(String name, String... below) {
    this.below.put(name, Set.of(below));
    return this;
  }

  /** Throws an AssertionError that names every arrow between rooms that is not listed. */
  void check(JavaClasses imported) {
    classes().that().resideInAPackage(context + "..").should(followTheArrows()).check(imported);
  }

  private ArchCondition<JavaClass> followTheArrows() {
    return new ArchCondition<>("know only the rooms below their own") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        Optional<String> room = roomOf(origin.getPackageName());
        if (room.isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  origin, origin.getName() + " stands in no room of " + context));
          return;
        }
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
          String target = dependency.getTargetClass().getPackageName();
          if (Room.within(target, context) && !allowed(room.get(), target)) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  private boolean allowed(String room, String target) {
    return roomOf(target)
        .filter(
            other ->
                other.equals(room)
                    || other.equals(FACE)
                    || below.getOrDefault(room, Set.of()).contains(other))
        .isPresent();
  }

  /** The room with the longest name that fits; the face has no rooms below it but those listed. */
  private Optional<String> roomOf(String packageName) {
    if (packageName.equals(context)) {
      return Optional.of(FACE);
    }
    return below.keySet().stream()
        .filter(name -> !name.equals(FACE))
        .filter(name -> Room.within(packageName, context + "." + name))
        .max(Comparator.comparingInt(String::length));
  }
}
