"""事实 -> 判定: rules over facts give findings; never scores."""
