"""Which distribution on PyPI a module comes from where the names differ, and which ones carry type information."""


def pairs(text: str) -> dict[str, str]:
    """The words of a text, two by two."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# Module and distribution. Names that differ only in `_` and `-` are one name to PyPI and need no entry.
DISTRIBUTIONS = pairs("""
    absl absl-py                        ahocorasick pyahocorasick           attr attrs
    azure.ai.ml azure-ai-ml
    azure.cognitiveservices.vision.computervision azure-cognitiveservices-vision-computervision
    azure.core azure-core               azure.cosmos azure-cosmos           azure.identity azure-identity
    azure.keyvault.secrets azure-keyvault-secrets
    azure.storage.blob azure-storage-blob
    azure.storage.filedatalake azure-storage-file-datalake                  azureml.core azureml-core
    barcode python-barcode              bayes_opt bayesian-optimization     bidi python-bidi
    Bio biopython                       bs4 beautifulsoup4                  bson pymongo
    can python-can                      cassandra cassandra-driver          causallearn causal-learn
    clang libclang                      community python-louvain            crontab python-crontab
    Crypto pycryptodome                 Cryptodome pycryptodomex            cv2 opencv-python
    databricks.sql databricks-sql-connector                                 dateutil python-dateutil
    delta delta-spark                   dns dnspython                       docx python-docx
    dotenv python-dotenv                ee earthengine-api                  engineio python-engineio
    erfa pyerfa                         faiss faiss-cpu                     ffmpeg ffmpeg-python
    fitz PyMuPDF                        fpdf fpdf2                          git GitPython
    github PyGithub                     gitlab python-gitlab                google.auth google-auth
    google.cloud.aiplatform google-cloud-aiplatform
    google.cloud.bigquery google-cloud-bigquery
    google.cloud.firestore google-cloud-firestore
    google.cloud.language google-cloud-language
    google.cloud.pubsub google-cloud-pubsub
    google.cloud.secretmanager google-cloud-secret-manager
    google.cloud.speech google-cloud-speech
    google.cloud.storage google-cloud-storage
    google.cloud.translate google-cloud-translate
    google.cloud.vision google-cloud-vision                                 google.genai google-genai
    google.generativeai google-generativeai                                 google.oauth2 google-auth
    google.protobuf protobuf            googleapiclient google-api-python-client
    gridfs pymongo                      grpc grpcio                         grpc_tools grpcio-tools
    hydra hydra-core                    imblearn imbalanced-learn           jenkins python-jenkins
    jose python-jose                    jpype JPype1                        jwt PyJWT
    kafka kafka-python                  kerastuner keras-tuner              ldap python-ldap
    llama_cpp llama-cpp-python          magic python-magic                  markdown_it markdown-it-py
    MeCab mecab-python3                 mpl_toolkits matplotlib             mysql mysql-connector-python
    MySQLdb mysqlclient                 nacl PyNaCl                         newsapi newsapi-python
    nmap python-nmap                    odf odfpy                           open_clip open-clip-torch
    OpenGL PyOpenGL                     OpenSSL pyOpenSSL                   opentelemetry opentelemetry-api
    osgeo GDAL                          ot POT                              paho paho-mqtt
    pandas_profiling ydata-profiling    past future                         pdfminer pdfminer.six
    PIL pillow                          pkg_resources setuptools            pl_bolts lightning-bolts
    playhouse peewee                    pptx python-pptx                    prestodb presto-python-client
    psycopg2 psycopg2-binary            pylab matplotlib                    pynvml nvidia-ml-py
    pyro pyro-ppl                       pythoncom pywin32                   pywintypes pywin32
    pywt PyWavelets                     pyximport Cython                    RPi RPi.GPIO
    ruamel ruamel.yaml                  scikitplot scikit-plot              serial pyserial
    shapefile pyshp                     skbase scikit-base                  skbio scikit-bio
    skfda scikit-fda                    skfuzzy scikit-fuzzy                skimage scikit-image
    sklearn scikit-learn                sklearn_extra scikit-learn-extra    sklearnex scikit-learn-intelex
    skmisc scikit-misc                  skmultiflow scikit-multiflow        skmultilearn scikit-multilearn
    skopt scikit-optimize               skspatial scikit-spatial            sksurv scikit-survival
    slugify python-slugify              snappy python-snappy
    snowflake.connector snowflake-connector-python
    snowflake.snowpark snowflake-snowpark-python                            socketio python-socketio
    socks PySocks                       sparknlp spark-nlp
    speech_recognition SpeechRecognition                                    stan pystan
    surprise scikit-surprise            tabula tabula-py                    talib TA-Lib
    telegram python-telegram-bot        tlz toolz                           umap umap-learn
    usb pyusb                           vl_convert vl-convert-python        vlc python-vlc
    weaviate weaviate-client            whisper openai-whisper              whois python-whois
    win32api pywin32                    win32com pywin32                    wx wxPython
    xdist pytest-xdist                  Xlib python-xlib                    yaml PyYAML
    zmq pyzmq
""")

# Modules that no package on PyPI offers: a platform or an installer of its own puts them there.
UNDISTRIBUTED = frozenset(
    {
        "google",
        "google.colab",
        "kaggle_secrets",
        "kaggle_datasets",
        "dbutils",
        "notebookutils",
        "mssparkutils",
        "learntools",
        "arcpy",
        "ROOT",
        "gi",
        "bq_helper",
        "sage",
        "fenics",
        "dolfin",
        "pcl",
    }
)

# Module and the distribution of its stubs, where the module brings no types itself or has done so only lately.
STUBS = pairs("""
    aiofiles types-aiofiles             bleach types-bleach                 boltons types-boltons
    cachetools types-cachetools         cffi types-cffi                     colorama types-colorama
    croniter types-croniter             dateparser types-dateparser         dateutil types-python-dateutil
    decorator types-decorator           docker types-docker                 docutils types-docutils
    editdistance types-editdistance     ephem types-ephem                   fpdf types-fpdf2
    geopandas types-geopandas           gevent types-gevent                 greenlet types-greenlet
    grpc types-grpcio                   html5lib types-html5lib             httplib2 types-httplib2
    hvac types-hvac                     ibm_db types-ibm-db                 icalendar types-icalendar
    jmespath types-jmespath             jsonschema types-jsonschema         jwcrypto types-jwcrypto
    ldap3 types-ldap3                   lxml lxml-stubs                     markdown types-Markdown
    MySQLdb types-mysqlclient           networkx types-networkx             oauthlib types-oauthlib
    olefile types-olefile               openpyxl types-openpyxl             pandas pandas-stubs
    paramiko types-paramiko             passlib types-passlib               peewee types-peewee
    pexpect types-pexpect               polib types-polib                   psutil types-psutil
    psycopg2 types-psycopg2             pyasn1 types-pyasn1                 pyaudio types-pyaudio
    pycocotools types-pycocotools       pygments types-Pygments             pymysql types-PyMySQL
    pyperclip types-pyperclip           pysftp types-pysftp                 pytz types-pytz
    qrcode types-qrcode                 ratelimit types-ratelimit           regex types-regex
    reportlab types-reportlab           requests types-requests
    requests_oauthlib types-requests-oauthlib                               retry types-retry
    scipy scipy-stubs                   seaborn types-seaborn               serial types-pyserial
    setuptools types-setuptools         shapely types-shapely               simplejson types-simplejson
    six types-six                       socks types-PySocks                 tabulate types-tabulate
    tensorflow types-tensorflow         toml types-toml                     toposort types-toposort
    tqdm types-tqdm                     ttkthemes types-ttkthemes           ujson types-ujson
    unidiff types-unidiff               untangle types-untangle             workalendar types-workalendar
    wurlitzer types-wurlitzer           xlrd types-xlrd                     xmltodict types-xmltodict
    yaml types-PyYAML                   yt_dlp types-yt-dlp                 zxcvbn types-zxcvbn
""")

_TYPED = (
    "IPython PIL absl aiohttp alembic altair anthropic anyio arch attr attrs bokeh bs4 bson certifi "
    "charset_normalizer click coverage cvxpy cycler dask dotenv fastapi filelock flask folium gdown h11 holidays "
    "httpcore httpx huggingface_hub hypothesis imageio jax jinja2 kiwisolver librosa lightgbm linearmodels loguru "
    "markdown_it markupsafe matplotlib mypy narwhals netCDF4 nibabel numba numpy openai opentelemetry optuna "
    "packaging pandera panel param pathspec pip platformdirs pluggy polars prometheus_client prompt_toolkit prophet "
    "pydantic pydantic_settings pydicom pydot pymongo pyparsing pyproj pyspark pytest redis rich safetensors "
    "selenium skimage smart_open soupsieve spacy sqlalchemy stamina starlette streamlit tenacity tokenizers torch "
    "tornado traitlets transformers typeguard typer typing_extensions urllib3 uvicorn wcwidth websockets werkzeug "
    "xarray xgboost xxhash "
)
TYPED = frozenset(_TYPED.split())
