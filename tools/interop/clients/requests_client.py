"""Python requests as the helodata page uses it: one call a request, the session in the proxy's user name.

One JSON line in, one out; see conversation.py.
"""
import json
import sys

import requests


def get(asked):
    proxy = f"http://{asked['user']}:{asked['password']}@{asked['gateway']}"
    answer = requests.get(asked["url"], proxies={"http": proxy, "https": proxy}, timeout=asked["within"], verify=asked["ca"])
    return {"status": answer.status_code, "headers": {name.lower(): value for name, value in answer.headers.items()}, "body": answer.text}


for line in sys.stdin:
    try:
        said = get(json.loads(line))
    except requests.exceptions.RequestException as error:
        said = {"error": str(error)}
    print(json.dumps(said), flush=True)
