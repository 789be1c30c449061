"""The agent: its instructions, tools and guardrails, and when it stops to wait."""

from collections.abc import Sequence

from agents import (
    Agent,
    FunctionTool,
    FunctionToolResult,
    ModelSettings,
    RunConfig,
    RunContextWrapper,
    StopAtTools,
    ToolExecutionConfig,
    ToolsToFinalOutputResult,
)
from chatkit.types import ThreadMetadata, UserMessageItem

from chat.assistant.context import TodoContext
from chat.assistant.guardrails import answer_keeps_to_itself, message_is_short_enough
from chat.assistant.instructions import instructions
from chat.assistant.model import ChosenModel
from chat.assistant.tools import CLIENT_TOOL, TOOLS
from chat.settings import Settings

MOST_STEPS = 12
"""How often the model may be asked in one run: more often, and it goes round in circles."""

CLIENT_TOOLS = StopAtTools(stop_at_tool_names=[CLIENT_TOOL])


def build_agent(chosen: ChosenModel) -> Agent[TodoContext]:
    """Return the Todo agent on a model."""
    return Agent[TodoContext](
        name="Todo assistant",
        instructions=instructions,
        model=chosen.model,
        tools=list(TOOLS),
        tool_use_behavior=stop_while_waiting,
        input_guardrails=[message_is_short_enough],
        output_guardrails=[answer_keeps_to_itself],
    )


def with_tools(agent: Agent[TodoContext], more: Sequence[FunctionTool]) -> Agent[TodoContext]:
    """Return the agent with more tools than its own."""
    return agent.clone(tools=[*agent.tools, *more]) if more else agent


def stop_while_waiting(
    run: RunContextWrapper[TodoContext], results: list[FunctionToolResult]
) -> ToolsToFinalOutputResult:
    """End the run where the browser's or the user's answer is needed to go on.

    `StopAtTools` says which tools always stop; any other one may have asked the user.
    """
    client = any(result.tool.name in CLIENT_TOOLS["stop_at_tool_names"] for result in results)
    stops = client or run.context.waiting
    return ToolsToFinalOutputResult(is_final_output=stops, final_output="" if stops else None)


def run_config(
    settings: Settings,
    chosen: ChosenModel,
    agent: Agent[TodoContext],
    thread: ThreadMetadata,
    message: UserMessageItem | None,
) -> RunConfig:
    """Return how one run is made.

    Tools run one after the other: what they show has an order, and the numbers by which the
    user means tasks must not move under them. How the model is called is said here, because
    an agent forgets settings that are the default ones of some model.
    """
    choice = message.inference_options.tool_choice if message else None
    wanted = choice.id if choice and choice.id in {tool.name for tool in agent.tools} else None
    return RunConfig(
        workflow_name="Todo assistant",
        group_id=thread.id,
        tracing_disabled=not settings.tracing,
        tool_not_found_behavior="return_error_to_model",
        tool_execution=ToolExecutionConfig(max_function_tool_concurrency=1),
        model_settings=chosen.settings.resolve(ModelSettings(tool_choice=wanted)),
    )
