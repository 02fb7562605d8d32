package dev.parley.examples.voiceform;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the form has so far; null: not said yet. */
record Booking(
        @Nullable DayOfWeek day,
        @Nullable LocalTime time,
        @Nullable Integer people,
        @Nullable String phone) {
    static final Booking EMPTY = new Booking(null, null, null, null);

    /** The same with what another has. */
    Booking with(Booking more) {
        return new Booking(
                more.day == null ? day : more.day,
                more.time == null ? time : more.time,
                more.people == null ? people : more.people,
                more.phone == null ? phone : more.phone);
    }

    /** What to ask next; empty: nothing. */
    String question() {
        if (day == null) {
            return "On which day?";
        }
        if (time == null) {
            return "At what time?";
        }
        if (people == null) {
            return "For how many?";
        }
        return phone == null ? "What is your phone number?" : "";
    }

    /** All of it in words. */
    String words() {
        List<String> known = new ArrayList<>();
        if (people != null) {
            known.add(people == 1 ? "one person" : people + " people");
        }
        if (day != null) {
            known.add("on " + day.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        }
        if (time != null) {
            known.add("at " + time);
        }
        if (phone != null) {
            known.add("phone " + String.join(" ", phone.split("")));
        }
        return known.isEmpty() ? "nothing yet" : String.join(", ", known);
    }
}
