package io.ticketmesh.spring;

import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.Workflow;
import java.util.List;
import java.util.Map;

/** The workflow that the settings describe: the standard one, with the parts replaced that are set. */
final class ConfiguredWorkflow {
    private ConfiguredWorkflow() {}

    /**
     * @throws IllegalArgumentException when the settings contradict each other, with the setting's name
     */
    static Workflow of(TicketMeshProperties.Workflow settings) {
        Workflow standard = Workflow.standard();
        Workflow.Builder workflow = Workflow.builder();
        try {
            if (settings.states().isEmpty()) {
                requireStandardStates(settings);
                copyStates(standard, workflow);
            } else {
                setStates(settings, workflow);
            }
            workflow.resolutions(orElse(settings.resolutions(), standard.resolutions()));
            workflow.types(orElse(settings.types(), standard.types()));
            return workflow.build();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("ticketmesh.workflow: " + wrong.getMessage(), wrong);
        }
    }

    private static void requireStandardStates(TicketMeshProperties.Workflow settings) {
        if (!settings.transitions().isEmpty() || !settings.initial().isEmpty()) {
            throw new IllegalArgumentException("transitions or initial states are set, but no states");
        }
    }

    private static void copyStates(Workflow from, Workflow.Builder to) {
        for (Status state : from.states()) {
            to.state(state, from.category(state));
        }
        for (Status state : from.states()) {
            to.transition(state, from.allowedFrom(state).toArray(Status[]::new));
        }
        to.initial(from.initial().toArray(Status[]::new));
    }

    private static void setStates(TicketMeshProperties.Workflow settings, Workflow.Builder workflow) {
        for (Map.Entry<String, StatusCategory> state : settings.states().entrySet()) {
            workflow.state(new Status(state.getKey()), state.getValue());
        }
        settings.transitions().forEach((from, to) -> workflow.transition(new Status(from), statuses(to)));
        workflow.initial(statuses(settings.initial()));
    }

    private static Status[] statuses(List<String> names) {
        return names.stream().map(Status::new).toArray(Status[]::new);
    }

    private static String[] orElse(List<String> set, List<String> standard) {
        return (set.isEmpty() ? standard : set).toArray(String[]::new);
    }
}
