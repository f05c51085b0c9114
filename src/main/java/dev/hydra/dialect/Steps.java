package dev.hydra.dialect;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Turn;
import dev.hydra.conversation.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Turns as providers want them: the two sides take turns, and nothing stands on the wrong side. */
public final class Steps {
    private Steps() {
    }

    /**
     * Neighbours of one role as one step. Calls are the model's and results the user's, always.
     *
     * @param sendable whether a part can be sent, said by a role; other parts are left out
     * @return the steps, whose lists of parts may be changed
     */
    public static List<Turn> of(List<Turn> turns, BiPredicate<Part, Role> sendable) {
        List<Turn> steps = new ArrayList<>();
        for (Turn turn : turns) {
            for (Part part : turn.parts()) {
                Role role = part instanceof Part.ToolCall ? Role.MODEL : part instanceof Part.ToolResult ? Role.USER : turn.role();
                if (sendable.test(part, role)) {
                    if (steps.isEmpty() || steps.getLast().role() != role) {
                        steps.add(new Turn(role, new ArrayList<>()));
                    }
                    steps.getLast().parts().add(part);
                }
            }
        }
        return steps;
    }
}
