"""A Scrapy spider behind a gateway that issues sessions, with a middleware of the kind that is published for such gateways.

    spider.py '{"gateway": "HOST:PORT", "key": KEY, "urls": [URL, …], "poison": URL}'

Fetches the URLs one after the other in one session, which the first answer names. Before it fetches the URL called `poison`, it
forgets that id for one that was never issued, and has to find its way back. Prints a JSON line an answer.
"""
import base64
import json
import sys

import scrapy
from scrapy.crawler import CrawlerProcess

SESSION, ERROR, VERSION = "X-Crawlera-Session", "X-Crawlera-Error", "X-Crawlera-Version"
GONE = ("bad_session_id", "user_session_limit")  # the only errors that make known clients drop a session


class GatewayMiddleware:
    """Sends every request through the gateway in the session held, and learns the session from the answers."""

    def __init__(self):
        self.session = None

    def process_request(self, request, spider):
        if request.meta.pop("poison", False):
            self.session = "999999999"
        key = spider.asked["key"]
        request.meta["proxy"] = f"http://{spider.asked['gateway']}"
        request.headers["Proxy-Authorization"] = "Basic " + base64.b64encode(f"{key}:".encode()).decode()
        request.headers[SESSION] = self.session or "create"

    def process_response(self, request, response, spider):
        if VERSION not in response.headers:
            raise scrapy.exceptions.CloseSpider(f"not the gateway's: {response.status} of {request.url}")
        error = response.headers.get(ERROR, b"").decode()
        spider.tell(request, response)
        if error in GONE:
            self.session = None
            return request.replace(dont_filter=True)
        self.session = response.headers[SESSION].decode()
        return response


class PagesSpider(scrapy.Spider):
    name = "pages"

    def start_requests(self):
        yield self.request_of(0)

    def request_of(self, number):
        url = self.asked["urls"][number]
        meta = {"number": number, "poison": url == self.asked["poison"]}
        return scrapy.Request(url, meta=meta, dont_filter=True, errback=self.failed)

    def parse(self, response):
        following = response.meta["number"] + 1
        if following < len(self.asked["urls"]):
            yield self.request_of(following)

    def failed(self, failure):
        print(json.dumps({"failed": failure.getErrorMessage()}), flush=True)

    def tell(self, request, response):
        headers = {name.decode(): response.headers[name].decode() for name in response.headers}
        print(json.dumps({"url": request.url, "status": response.status, "headers": headers}), flush=True)


process = CrawlerProcess(
    {
        "DOWNLOADER_MIDDLEWARES": {GatewayMiddleware: 610},  # before Scrapy's own proxy middleware
        "HTTPERROR_ALLOW_ALL": True,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "DOWNLOAD_TIMEOUT": 60,
    }
)
process.crawl(PagesSpider, asked=json.loads(sys.argv[1]))
process.start()
